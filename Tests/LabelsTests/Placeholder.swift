import Testing
import Labels
