# spatstat::density.ppp with Diggle's edge correction; events as rows of events.csv: east, north.
source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))), "timing.R"))
suppressPackageStartupMessages({library(spatstat.geom); library(spatstat.explore)})
events <- table_of("events")
bounds <- as.numeric(arguments[3:6])
sigma <- as.numeric(arguments[7])
cells <- as.integer(arguments[8])
points <- ppp(events[, 1], events[, 2], window = owin(bounds[1:2], bounds[3:4]), check = FALSE)
result <- measure(function() density(points, sigma = sigma, dimyx = cells, edge = TRUE,
                                     diggle = TRUE, leaveoneout = FALSE))
keep(as.vector(result$v))
