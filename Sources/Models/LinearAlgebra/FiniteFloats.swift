extension UnsafeBufferPointer<Float> {
    /// Whether no element is infinite or not a number.
    ///
    /// Of this type alone: a generic one is not specialized for other modules, and takes many times as long.
    package var allFinite: Bool {
        // The largest magnitude as bits, without a branch, so that several elements are looked at at once.
        let largest = reduce(UInt32(0)) { Swift.max($0, $1.bitPattern & 0x7FFF_FFFF) }
        return largest < Float.infinity.bitPattern
    }
}
