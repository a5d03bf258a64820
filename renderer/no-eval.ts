import { config } from 'zod'

// zod asks whether it may compile its checks by trying to. The page's policy forbids that, and each try is reported as a violation: a real one
// would not be seen among them. It stands before everything that makes a schema.
config({ jitless: true })
