import Testing
import Corpora
