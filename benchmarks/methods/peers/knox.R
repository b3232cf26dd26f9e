# surveillance::knox with simulated p, events as rows of events.csv: east, north, day.
source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))), "timing.R"))
suppressPackageStartupMessages(library(surveillance))
events <- table_of("events")
space <- as.numeric(arguments[3])
time <- as.numeric(arguments[4])
permutations <- as.integer(arguments[5])
set.seed(1)
result <- measure(function() knox(dt = dist(events[, 3]), ds = dist(events[, 1:2]), eps.t = time,
                                  eps.s = space, simulate.p.value = TRUE, B = permutations,
                                  .parallel = 1))
keep(c(result$statistic, result$p.value))
