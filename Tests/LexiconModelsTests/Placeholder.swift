import Testing
import LexiconModels
