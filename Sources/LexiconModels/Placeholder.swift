// LexiconModels
