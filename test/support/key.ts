// The master key of every database made by a test.
export const TEST_KEY = Buffer.alloc(32, 7)
