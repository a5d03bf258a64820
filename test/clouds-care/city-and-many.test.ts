import { afterEach, expect, test } from 'vitest'
import { routes } from '../../shared/api/routes.ts'
import { type CareBench, codeOf, openCareBench } from './care-bench.ts'

let bench: CareBench
afterEach(() => bench.close())

const mapping = (institutionId: string, code: string) => ({
  institutionId,
  itemCode: 'DR001',
  itemName: '胸部正位',
  type: '3' as const,
  price: 80,
  standardItems: [{ code, name: '胸部' }],
})

async function delivered(exam: object = {}) {
  const registered = await bench.register({}, exam)
  await bench.image(registered)
  await bench.release(registered.id)
  await bench.delivered(registered.id)
  return registered
}

test('city edition: index, film, PDF and images of each exam carry its own institution’s code, and each institution its own items', async () => {
  bench = await openCareBench()
  const second = await bench.admin.call(routes.institutionCreate, {
    body: { name: '第二门诊部', hospitalCode: '220100002', hospitalId: 'H2', unionId: '', phone: '' },
  })
  await bench.admin.call(routes.itemMappingSave, { body: mapping(bench.institutionId, 'S-ONE') })
  await bench.admin.call(routes.itemMappingSave, { body: mapping(second.id, 'S-TWO') })
  const one = await delivered()
  const another = await delivered()
  const two = await delivered({ institutionId: second.id })
  const { exams, projects, refusals } = bench.jilin[0]!.ledger
  expect(refusals).toEqual([])
  expect(Object.keys(exams).sort()).toEqual(
    [one, another]
      .map((exam) => `220100001/${exam.accessionNumber}`)
      .concat(`220100002/${two.accessionNumber}`)
      .sort(),
  )
  // The simulated cloud files a PDF and an image under the code they carry, and tells no film of another hospital's exam.
  for (const held of Object.values(exams)) {
    expect(held).toMatchObject({ received: 1, pdf: { received: 1 } })
    expect(Object.values(held.images).map((image) => image.received)).toEqual([1, 1])
  }
  for (const exam of [one, another, two])
    expect((await bench.admin.call(routes.examRead, { params: { id: exam.id } })).filmUrl).toBeTruthy()
  const standardOf = (code: string) => projects[`${code}/DR001`]?.body.standardProjectList
  expect(standardOf('220100001')).toMatchObject([{ standardProjectCode: 'S-ONE' }])
  expect(standardOf('220100002')).toMatchObject([{ standardProjectCode: 'S-TWO' }])
}, 60_000)

test('a mapping saved while an exam waits in its window, or after it went, is told to the platform with its standard items', async () => {
  bench = await openCareBench({ holdMinutes: 5 })
  const exam = await bench.register()
  await bench.image(exam)
  await bench.release(exam.id)
  await bench.admin.call(routes.itemMappingSave, { body: mapping(bench.institutionId, 'S-ONE') })
  await bench.advance(5 * 60_000)
  await bench.delivered(exam.id)
  const project = () => bench.jilin[0]!.ledger.projects['220100001/DR001']
  expect(project()).toMatchObject({ received: 1, body: { type: '3', sampleTypeCode: '99' } })
  expect(project()!.body.standardProjectList).toMatchObject([{ standardProjectCode: 'S-ONE' }])

  await bench.admin.call(routes.itemMappingSave, { body: mapping(bench.institutionId, 'S-NEW') })
  await bench.delivered(exam.id)
  expect(project()!.body.standardProjectList).toMatchObject([{ standardProjectCode: 'S-NEW' }])
  const held = bench.jilin[0]!.ledger.exams[`220100001/${exam.accessionNumber}`]
  expect(held?.received, 'the index says the same as before and is not sent again').toBe(1)

  const [saved] = await bench.admin.call(routes.itemMappingList)
  await bench.admin.call(routes.itemMappingRemove, { params: { id: saved!.id } })
  await bench.delivered(exam.id)
  expect(project()!.body.standardProjectList ?? [], 'a removed mapping is not told any more').toEqual([])
}, 60_000)

test('a mapping without a standard item, or of nobody’s institution, is saved or refused in words', async () => {
  bench = await openCareBench()
  const body = { ...mapping(bench.institutionId, 'S-ONE'), standardItems: [] }
  expect(await bench.admin.call(routes.itemMappingSave, { body })).toMatchObject({ standardItems: [] })
  const nowhere = bench.admin.call(routes.itemMappingSave, { body: { ...body, institutionId: 'nowhere' } })
  expect(await codeOf(nowhere)).toBe('NOT-FOUND')
  expect(await codeOf(bench.doctor.call(routes.itemMappingSave, { body }))).toBe('ROLE-NEEDED')
  expect(await codeOf(bench.auditor.call(routes.itemMappingImport, { body: { csv: '' } }))).toBe('ROLE-NEEDED')
  const [saved] = await bench.doctor.call(routes.itemMappingList)
  const removed = bench.doctor.call(routes.itemMappingRemove, { params: { id: saved!.id } })
  expect(await codeOf(removed)).toBe('ROLE-NEEDED')
  await delivered()
  expect(bench.jilin[0]!.ledger.refusals).toEqual([])
}, 60_000)

test('two provincial clouds and two AIMIS gateways at once each get everything once', async () => {
  bench = await openCareBench({ aimis: 2, jilin: 2 })
  const exams = [await bench.register(), await bench.register({ name: '李娜', sex: 'F', identity: undefined })]
  for (const exam of exams) await bench.image(exam)
  for (const exam of exams) await bench.release(exam.id)
  for (const exam of exams) await bench.delivered(exam.id)
  for (const { accessionNumber } of exams) {
    for (const { ledger } of bench.jilin) {
      expect(ledger.refusals).toEqual([])
      const held = ledger.exams[`220100001/${accessionNumber}`]
      expect(held).toMatchObject({ received: 1, pdf: { received: 1 } })
      expect(Object.values(held!.images).map((image) => image.received)).toEqual([1, 1])
      expect(ledger.projects['220100001/DR001']?.received).toBe(1)
    }
    for (const { ledger } of bench.aimis) {
      const study = ledger.studies[accessionNumber]!
      expect(Object.values(study.reports).map((report) => report.received)).toEqual([1])
      expect(study).toMatchObject({ deleted: false, reconciled: { agreed: true } })
    }
    for (const gateway of bench.gateways) {
      const images = gateway.receivedInstances().filter((one) => one.accessionNumber === accessionNumber)
      expect(images.map((one) => one.received)).toEqual([1, 1])
    }
  }
}, 60_000)
