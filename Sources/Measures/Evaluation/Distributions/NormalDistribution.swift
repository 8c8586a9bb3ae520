import Foundation

/// The chance that a standard normal variable is at most `z`.
func normalBelow(_ z: Double) -> Double { 0.5 * erfc(-z * 0.5.squareRoot()) }

/// The chance that a standard normal variable is further from 0 than `z`.
func normalTwoSidedTail(_ z: Double) -> Double { erfc(abs(z) * 0.5.squareRoot()) }

/// The density of the standard normal distribution.
func normalDensity(_ z: Double) -> Double { exp(-z * z / 2) / (2 * Double.pi).squareRoot() }
