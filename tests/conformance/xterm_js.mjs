// Feeds each line of standard input (columns, rows, then base64 of what is written) to a fresh xterm.js, and
// prints what it shows: cursor, then every cell with its look. Usage: xterm_js.mjs FOLDER-WITH-NODE_MODULES
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { resolve } from 'node:path';

const { Terminal } = createRequire(resolve(process.argv[2], 'x'))('@xterm/headless');

const color = (isDefault, isPalette, value) =>
  isDefault ? 'd' : isPalette ? `p${value}` : `r${value.toString(16).padStart(6, '0')}`;

function look(cell) {
  const chars = cell.getChars() || ' ';
  const background = color(cell.isBgDefault(), cell.isBgPalette(), cell.getBgColor());
  if (chars === ' ') return `${chars}|${background}`;  // of a blank only the background is compared
  const flags = [[cell.isBold(), 'b'], [cell.isItalic(), 'i'], [cell.isUnderline(), 'u'], [cell.isInverse(), 'r'],
    [cell.isStrikethrough(), 's']].map(([set, letter]) => (set ? letter : '')).join('');
  return `${chars}|${background}|${color(cell.isFgDefault(), cell.isFgPalette(), cell.getFgColor())}|${flags}`;
}

for await (const line of createInterface({ input: process.stdin })) {
  const [cols, rows, data] = line.split(' ');
  const terminal = new Terminal({ cols: +cols, rows: +rows, allowProposedApi: true });
  await new Promise((done) => terminal.write(Buffer.from(data, 'base64'), done));
  const buffer = terminal.buffer.active;
  let shown = `${buffer.cursorY};${Math.min(buffer.cursorX, cols - 1)}`;
  for (let y = 0; y < rows; ++y)
    for (let x = 0; x < cols; ++x) {
      const cell = buffer.getLine(buffer.baseY + y).getCell(x);
      if (cell.getWidth() !== 0) shown += ` ${y},${x}:${look(cell)}`;
    }
  console.log(shown);
  terminal.dispose();
}
