import Testing
import LinearModels
