import type { DicomJson } from './dcmtk.ts'
import type { StationForTests } from './station-for-tests.ts'

const login = (station: StationForTests) => ({ authorization: `Bearer ${station.token}` })

/** The SOP instance UIDs of a study that the station gives out by QIDO-RS, sorted. */
export async function instancesHeld(station: StationForTests, studyInstanceUid: string): Promise<string[]> {
  const path = `/dicom-web/studies/${studyInstanceUid}/instances?limit=5000`
  const answer = await station.send('GET', path, { headers: { ...login(station), accept: 'application/dicom+json' } })
  if (answer.status !== 200) return []
  return (answer.json as DicomJson[]).map((one) => String(one['00080018']?.Value?.[0])).sort()
}

/** One object as WADO-RS gives it in the transfer syntax it is stored in: a file of PS3.10. */
export async function wholeObject(
  station: StationForTests,
  study: string,
  series: string,
  instance: string,
): Promise<Buffer> {
  const accept = 'multipart/related; type="application/dicom"; transfer-syntax=*'
  const path = `/dicom-web/studies/${study}/series/${series}/instances/${instance}`
  const answer = await station.send('GET', path, { headers: { ...login(station), accept } })
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text.slice(0, 300)}`)
  const boundary = /boundary="?([^";]+)/.exec(String(answer.headers['content-type']))?.[1]
  const from = answer.bytes.indexOf('\r\n\r\n') + 4
  return answer.bytes.subarray(from, answer.bytes.lastIndexOf(`\r\n--${boundary}`))
}
