-- Asks the addresses of a file (ADDRESSES, one a line) in their order, each thread from a place of its own, and
-- says at the end as JSON how it went. Run by benchmarks/load.py.

local paths, place, threads = {}, 0, {}

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

function init(args)
  for line in io.lines(os.getenv("ADDRESSES")) do
    table.insert(paths, line)
  end
  place = math.floor(#paths * number / tonumber(os.getenv("THREADS")))
end

function request()
  place = place % #paths + 1
  return wrk.format("GET", paths[place])
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '\nJSON{"requests": %d, "seconds": %.3f, "bytes": %d, "p50_ms": %.1f, "p95_ms": %.1f, "p99_ms": %.1f, "max_ms": %.1f, "failed": %d}\n',
    summary.requests, summary.duration / 1e6, summary.bytes,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
