# Sourced by the R peers: time one call several times, write what run() reads.
arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
repeats <- as.integer(arguments[2])
table_of <- function(name) as.matrix(read.csv(file.path(folder, paste0(name, ".csv")), header = FALSE))
measure <- function(call) {
  seconds <- numeric(repeats)
  for (i in seq_len(repeats)) {
    gc()
    started <- proc.time()[["elapsed"]]
    answer <- call()
    seconds[i] <- proc.time()[["elapsed"]] - started
  }
  writeLines(format(seconds, digits = 10), file.path(folder, "seconds.txt"))
  answer
}
keep <- function(values) writeLines(format(values, digits = 15, na.encode = TRUE, trim = TRUE),
                                    file.path(folder, "answer.csv"))
