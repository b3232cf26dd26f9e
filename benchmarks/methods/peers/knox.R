# surveillance::knox with simulated p, events as rows of events.csv: east, north, day.
source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))), "timing.R"))
suppressPackageStartupMessages(library(surveillance))
events <- table_of("events")
space <- as.numeric(arguments[3])
time <- as.numeric(arguments[4])
permutations <- as.integer(arguments[5])
# A permutation costs the same every time. Timing some, then two more, leaves out what is done once
# (the distances), so that the time may be scaled to any number of permutations.
test_with <- function(permutations) knox(
  dt = dist(events[, 3]), ds = dist(events[, 1:2]), eps.t = time, eps.s = space,
  simulate.p.value = TRUE, B = permutations, .parallel = 1)
elapsed <- function(permutations) {
  gc()
  started <- proc.time()[["elapsed"]]
  result <<- test_with(permutations)
  proc.time()[["elapsed"]] - started
}
set.seed(1)
seconds <- vapply(seq_len(repeats), function(i) {
  more <- elapsed(permutations + 2)
  (more - elapsed(permutations)) / 2 * permutations
}, numeric(1))
writeLines(format(seconds, digits = 10), file.path(folder, "seconds.txt"))
keep(c(result$statistic, result$p.value))
