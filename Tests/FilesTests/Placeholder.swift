import Testing
import Files
