import { afterAll, beforeAll, expect, test } from 'vitest'
import { dicomWebRoutes } from '../../electron/station/api/dicom-web.ts'
import { smallObject } from '../archive/archive-for-tests.ts'
import { type DicomWebForTests, part10Of, startDicomWeb, tokens } from './dicom-web-for-tests.ts'

let web: DicomWebForTests
beforeAll(async () => {
  web = await startDicomWeb()
  const object = smallObject()
  await web.import(part10Of(object.dataSet, object.sopInstanceUid))
})
afterAll(() => web.stop())

const nonsense = ['%00', '..%2f..%2fetc', "' or 1=1", '9'.repeat(3000), '*', '-1', '1e9', '{}', '%F0%9F%92%A9', 'null']

test('no address, query or header makes the services fail, and a search works afterwards', async () => {
  for (const { method, path } of dicomWebRoutes)
    for (const word of nonsense) {
      const address = path.replace(/:\w+|\*/g, word).replace('/dicom-web', '')
      const query = `?${word}=${word}&limit=${word}&window=${word}&includefield=${word}`
      for (const accept of ['*/*', `multipart/related; type="${word.slice(0, 20).replace(/["{}]/g, '')}"`]) {
        const answer = await fetch(`${web.root}${address}${query}`, {
          method,
          headers: {
            authorization: `Bearer ${tokens.doctor}`,
            accept,
            ...(method === 'POST' && { 'content-type': word.slice(0, 20) }),
          },
          ...(method === 'POST' && { body: word }),
        })
        await answer.arrayBuffer()
        expect([path, word.slice(0, 20), answer.status >= 400 && answer.status < 500]).toEqual([
          path,
          word.slice(0, 20),
          true,
        ])
      }
    }
  expect(await (await web.get('/studies')).json()).toHaveLength(1)
}, 60_000)
