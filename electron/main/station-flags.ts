export const withValue = ['--data', '--http-port', '--dicom-host', '--dicom-port', '--ae-title', '--training-for']
export const withoutValue = ['--training']

/** The station's own flags among Electron's: all that follow `--`, and otherwise those with a name the station knows. */
export function stationFlags(argv: readonly string[]): readonly string[] {
  const separator = argv.indexOf('--')
  if (separator >= 0) return argv.slice(separator + 1)
  return argv.flatMap((arg, index) => {
    const [name = '', value] = arg.split('=', 2)
    if (withoutValue.includes(name)) return [name]
    if (!withValue.includes(name)) return []
    const given = value ?? argv[index + 1]
    return given === undefined ? [] : [name, given]
  })
}
