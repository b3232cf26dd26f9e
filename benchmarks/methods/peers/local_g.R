# spdep::localG with binary queen weights that include self, on a square grid of values.csv.
source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))), "timing.R"))
suppressPackageStartupMessages(library(spdep))
values <- as.vector(t(table_of("values")))
side <- as.integer(sqrt(length(values)))
weights <- nb2listw(include.self(cell2nb(side, side, type = "queen")), style = "B")
result <- measure(function() localG(values, weights))
keep(as.numeric(result))
