// The master key of the benchmark's databases.
export const KEY = Buffer.alloc(32, 7).toString('base64')
