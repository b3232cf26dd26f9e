# surveillance::farringtonFlexible on the last weeks of each series (rows of counts.csv).
source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))), "timing.R"))
suppressPackageStartupMessages(library(surveillance))
counts <- t(table_of("counts"))
n_evaluated <- as.integer(arguments[3])
series <- sts(counts, frequency = 52, start = c(2010, 1))
control <- list(range = (nrow(counts) - n_evaluated + 1):nrow(counts), b = 5, w = 3, noPeriods = 1,
                weightsThreshold = 2.58, alpha = 0.05, thresholdMethod = "delta", verbose = FALSE)
result <- measure(function() farringtonFlexible(series, control))
keep(as.vector(upperbound(result)))
