# The public files as readr and readxl read them. In: a folder. Out: lines of JSON as read_python.py writes them.
suppressMessages({library(readr); library(readxl); library(jsonlite)})
folder <- commandArgs(trailingOnly = TRUE)[1]
plain <- function(column) {
  text <- if (inherits(column, "hms") || inherits(column, "difftime")) paste0("time:", format(hms::as_hms(column)))
    else if (inherits(column, "POSIXct")) ifelse(format(column, "%Y") == "1899",
      paste0("time:", format(column, "%H:%M:%S", tz = "UTC")), paste0("date:", format(column, "%Y-%m-%d", tz = "UTC")))
    else if (inherits(column, "Date")) paste0("date:", format(column))
    else if (is.double(column)) sprintf("number:%.17g", column)  # JSON would have fifteen digits
    else column
  text[is.na(column)] <- NA
  text
}
tell <- function(package, file, table, read) {
  line <- list(reader = unbox(paste(package, packageVersion(package))), file = unbox(file), table = unbox(table))
  result <- tryCatch(suppressWarnings(suppressMessages(read())), error = function(e) e)
  if (inherits(result, "error")) line$error <- unbox(conditionMessage(result))
  else line$columns <- lapply(as.list(result), plain)
  cat(toJSON(line, na = "null", digits = I(17)), "\n", sep = "")
}
for (table in c("deployments", "estimates_by_force", "claims", "populations")) {
  path <- file.path(folder, "data", paste0(table, ".csv"))
  tell("readr", ".csv", table, function() read_csv(path, show_col_types = FALSE, progress = FALSE))
  tell("readr", ".csv, guess_max = Inf", table, function() read_csv(path, show_col_types = FALSE, guess_max = Inf, progress = FALSE))
}
sheets <- c(Deployments = "deployments", "Estimates by force" = "estimates_by_force")
for (name in names(sheets)) {
  tell("readxl", ".xlsx, na = symbols", sheets[[name]], function() {
    path <- file.path(folder, "lfr.xlsx")
    top <- read_excel(path, sheet = name, col_names = FALSE, n_max = 12)
    read_excel(path, sheet = name, skip = which(!is.na(top[[2]]))[1] - 1, guess_max = 100000,
      na = c("", "[x]", "[z]", "[c]", "[b]"))
  })
}
