-- wrk's part: the addresses of a file in turn, each with the mark behind its tab; one line of result:
-- answers, seconds, failures, and the milliseconds that half and nineteen of twenty took at most.
-- HEADERS are those that every request has, one a line.
local said = os.getenv("HEADERS") or ""
local asked = {}
for line in io.lines(os.getenv("ADDRESSES")) do
  local path, mark = line:match("^([^\t]*)\t?(.*)$")
  local headers = {}
  for name, value in said:gmatch("([^:\n]+): ([^\n]+)") do headers[name] = value end
  if mark ~= "" then headers["If-None-Match"] = mark end
  asked[#asked + 1] = wrk.format("GET", path, headers)
end
local n = 0
request = function()
  n = n + 1
  return asked[(n - 1) % #asked + 1]
end
done = function(summary, latency)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write
    + summary.errors.status + summary.errors.timeout
  io.write(string.format("RESULT %d %f %d %f %f\n", summary.requests, summary.duration / 1e6, failed,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000))
end
