// Every command of package.json, in one list. Each task takes the flags after `--` and gives the exit code.
// The parts are loaded when they are asked for: a start should not wait for the test machinery.
const tasks = {
  start: async (context) => (await import('./start-app.ts')).startApp(context),
  demo: async (context) => (await import('./run-demo.ts')).runDemo(context),
  test: async (context) => (await import('./run-tests.ts')).runTests(context),
  check: async (context) => (await import('./check-code.ts')).checkCode(context),
  format: async (context) => (await import('./check-code.ts')).formatCode(context),
  build: async (context) => (await import('./build-output.ts')).buildAll(context),
  package: async (context) => (await import('./run-package.ts')).runPackage(context),
  bench: async (context) => (await import('./run-bench.ts')).runBench(context),
  dev: async (context) => (await import('./run-dev.ts')).runDev(context),
}

export async function runTask(root, name, flags) {
  const task = Object.hasOwn(tasks, name ?? '') ? tasks[name] : undefined
  if (!task) {
    console.error(`没有这个任务 / no such task: ${name ?? ''}\n可用 / available: ${Object.keys(tasks).join(', ')}`)
    return 2
  }
  try {
    return await task({ root, flags })
  } catch (error) {
    // A message for people has said it all; anything else is a surprise and shows where it came from.
    console.error(error?.forPeople ? `\n${error.message}\n` : error)
    return 1
  }
}
