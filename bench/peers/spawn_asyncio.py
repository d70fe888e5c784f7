import asyncio, statistics, sys, time

import resident


async def main():
    took, pipe = [], asyncio.subprocess.PIPE
    for _ in range(int(sys.argv[2])):
        start = time.perf_counter()
        child = await asyncio.create_subprocess_exec(sys.argv[1], stdin=pipe, stdout=pipe, stderr=pipe)
        await child.communicate()
        took.append(time.perf_counter() - start)
    print(statistics.median(took) * 1e6)

resident.occupy(int(sys.argv[3]))
asyncio.run(main())
