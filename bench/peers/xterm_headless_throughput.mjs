// @xterm/headless with a history of 10,000 lines, 80x24, run where it is installed. Prints megabytes per CPU second.
import fs from 'node:fs';
import { createRequire } from 'node:module';

const { Terminal } = createRequire(process.cwd() + '/')('@xterm/headless');
const payload = fs.readFileSync(process.argv[2]);
const terminal = new Terminal({ cols: 80, rows: 24, scrollback: 10000, allowProposedApi: true });
const start = process.cpuUsage();
const piece = 65536;
for (let at = 0; at < payload.length; at += piece)
  await new Promise(parsed => terminal.write(payload.subarray(at, at + piece), parsed));
const spent = process.cpuUsage(start);
console.log((payload.length / (spent.user + spent.system)).toFixed(2));
