import Testing
import Settings
