# Naive Bayes of words as a contestant: Rscript naive_bayes.R fit FOLDER, then predict FOLDER
args <- commandArgs(trailingOnly = TRUE)
read <- function(name) read.csv(file.path(args[2], name), colClasses = "character", encoding = "UTF-8")
words <- function(texts) strsplit(tolower(texts), "[^[:alnum:]]+")
if (args[1] == "fit") {
  train <- read("train.csv")
  counts <- table(unlist(words(train$text)), rep(train$label, lengths(words(train$text)))) + 1
  saveRDS(list(logs = log(sweep(counts, 2, colSums(counts), "/")),
               prior = log(table(train$label) / nrow(train))), file.path(args[2], "model.rds"))
} else {
  model <- readRDS(file.path(args[2], "model.rds")); rows <- read("predict.csv")
  p <- t(sapply(words(rows$text), function(w) {
    s <- model$prior[colnames(model$logs)] + colSums(model$logs[intersect(w, rownames(model$logs)), , drop = FALSE])
    exp(s - max(s)) / sum(exp(s - max(s))) }))
  write.csv(data.frame(id = rows$id, setNames(data.frame(p), paste0("p_", colnames(model$logs))), check.names = FALSE),
            file.path(args[2], "predictions.csv"), row.names = FALSE, quote = FALSE)
}
