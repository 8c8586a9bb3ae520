// All of Bakeoff under one name: `import Bakeoff` is all that a user writes.
@_exported import Corpora
@_exported import DeterministicWork
@_exported import Encoders
@_exported import Evaluation
@_exported import Experiments
@_exported import Features
@_exported import Labels
@_exported import Learners
@_exported import Lexicons
@_exported import Recipes
@_exported import Reports
@_exported import Results
@_exported import SafeFiles
@_exported import SettingKeys
@_exported import Tables
@_exported import TextClassifiers
@_exported import TextTokenizers
