# surveillance::earsC for C1, C2 and C3 in turn, over every series (rows of counts.csv).
source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))), "timing.R"))
suppressPackageStartupMessages(library(surveillance))
counts <- t(table_of("counts"))
series <- sts(counts, frequency = 52, start = c(2010, 1))
result <- measure(function() lapply(c("C1", "C2", "C3"), function(method)
  earsC(series, control = list(method = method, alpha = 0.001))))
keep(as.vector(upperbound(result[[1]])))
