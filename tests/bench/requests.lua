-- wrk's part: the addresses of a file in turn, each with the mark behind its tab; one line of result.
local asked = {}
for line in io.lines(os.getenv("ADDRESSES")) do
  local path, mark = line:match("^([^\t]*)\t?(.*)$")
  local headers = {}
  if mark ~= "" then headers["If-None-Match"] = mark end
  asked[#asked + 1] = wrk.format("GET", path, headers)
end
local n = 0
request = function()
  n = n + 1
  return asked[(n - 1) % #asked + 1]
end
done = function(summary)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write
    + summary.errors.status + summary.errors.timeout
  io.write(string.format("RESULT %d %f %d\n", summary.requests, summary.duration / 1e6, failed))
end
