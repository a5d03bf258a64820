import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeWith } from '../../peers.ts'
import { callArguments, dcmtk, findWith, textOf, timesIn } from '../../stand-ins/dcmtk.ts'
import { type StationForTests, startStation } from '../../stand-ins/station-for-tests.ts'

const day = (offset: number) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' })
    .format(Date.now() + offset * 86_400_000)
    .replaceAll('-', '')
const step = (key: string) => `(0040,0100)[0].${key}`
const patientName = '00100010'

describeWith(['dcmtk'], 'the worklist as findscu asks for it', () => {
  let station: StationForTests
  const exams: { name: string; accessionNumber: string; patientId: string; studyInstanceUid: string }[] = []

  beforeAll(async () => {
    station = await startStation()
    for (const [aeTitle, characterSet] of [
      ['UTF', 'utf-8'],
      ['GB', 'gb18030'],
    ] as const)
      await station.api.deviceCreate({ body: { name: aeTitle, aeTitle, characterSet } })
    const register = async (name: string, birthDate: string, modality: 'CT' | 'DR' | 'US' | 'MR', more = {}) => {
      const registered = await station.api.examRegister({
        body: {
          patient: { name, sex: name === '李小龙' ? 'F' : 'M', birthDate },
          exam: { modality, itemCode: 'X1', itemName: `${modality} 检查`, bodyPart: '胸部', ...more },
        },
      })
      exams.push({ name, ...registered })
    }
    await register('张伟', '1980-01-02', 'CT', { applyDoctor: { code: '1', name: '李医生' } })
    await register('李小龙', '1990-05-06', 'DR')
    await register('买买提·艾力', '1975-12-12', 'US')
    await register('欧阳修', '1950-02-03', 'CT', { scheduledAt: Date.now() + 3 * 86_400_000 })
    await register('王芳', '2001-01-01', 'MR', { scheduledAeTitle: 'GB' })
  })
  afterAll(() => station.stop())

  const ask = (aeTitle: string, keys: readonly string[], more: readonly string[] = []) =>
    findWith('-W', aeTitle, station.dicom, ['0010,0010', ...keys], more)
  /** The Chinese names found, in their order of registration. */
  const found = async (aeTitle: string, ...keys: string[]) => {
    const { final, answers } = await ask(aeTitle, ['0008,0005', ...keys])
    expect(final).toBe('Success')
    const names = answers.map(({ json }) => textOf(json, patientName).split('=')[1]?.replaceAll('^', ''))
    return exams.map(({ name }) => name).filter((name) => names.includes(name))
  }
  const everybody = ['张伟', '李小龙', '买买提·艾力', '欧阳修', '王芳']

  test('is whole when nothing is asked for in particular, with the step asked for empty or not at all', async () => {
    expect(await found('UTF')).toEqual(everybody)
    expect(await found('UTF', '0040,0100')).toEqual(everybody)
    expect(await found('UTF', step('0008,0060'), step('0040,0002'), step('0040,0001'))).toEqual(everybody)
  })

  describe('by one key', () => {
    const byKey: readonly (readonly [string, readonly string[]])[] = [
      ['0010,0010=Zhang*', ['张伟']],
      ['0010,0010=zhang^wei', ['张伟']],
      ['0010,0010=ZHANG^WE?', ['张伟']],
      ['0010,0010=Ouyang^*', ['欧阳修']],
      ['0010,0010=*', everybody],
      ['0010,0010=Nobody*', []],
      ['0010,0020=P2600000?', everybody],
      ['0010,0020=*3', ['买买提·艾力']],
      ['0008,0050=CT*', ['张伟', '欧阳修']],
      ['0008,0050=?R*2', []],
      ['0010,0040=F', ['李小龙']],
      ['0010,0030=19750101-19851231', ['张伟', '买买提·艾力']],
      [step('0008,0060=CT'), ['张伟', '欧阳修']],
      [step('0008,0060=CT\\MR'), ['张伟', '欧阳修', '王芳']],
      [step(`0040,0002=${day(0)}`), ['张伟', '李小龙', '买买提·艾力', '王芳']],
      [step(`0040,0002=${day(1)}-`), ['欧阳修']],
      [step(`0040,0002=-${day(0)}`), ['张伟', '李小龙', '买买提·艾力', '王芳']],
      [step(`0040,0002=${day(-1)}-${day(5)}`), everybody],
      [step('0040,0001=GB'), ['王芳']],
      [step('0040,0001=NOBODY'), []],
    ]
    test.each(byKey)('%s', async (key, names) => {
      // A key that asks for the day keeps the day's own filter away from the others.
      expect(await found('UTF', key)).toEqual(names)
    })
    test('StudyInstanceUID, RequestedProcedureID, ScheduledProcedureStepID', async () => {
      const [first] = exams
      expect(await found('UTF', `0020,000d=${first!.studyInstanceUid}`)).toEqual(['张伟'])
      expect(await found('UTF', `0040,1001=${first!.accessionNumber}`)).toEqual(['张伟'])
      expect(await found('UTF', step(`0040,0009=${first!.accessionNumber}`))).toEqual(['张伟'])
    })
  })

  test('by several keys gives what all of them allow', async () => {
    expect(await found('UTF', step('0008,0060=CT'), step(`0040,0002=${day(0)}`), '0010,0010=*')).toEqual(['张伟'])
    expect(await found('UTF', '0010,0040=F', step('0008,0060=CT'))).toEqual([])
    expect(await found('UTF', '0010,0010=Zhang*', '0010,0020=*9')).toEqual([])
  })

  describe('by a Chinese key', () => {
    const gb = (hex: string) => Buffer.from(hex, 'hex').toString('latin1')
    test('in the set that it declares, whatever set the device is known for', async () => {
      for (const aeTitle of ['UTF', 'GB']) {
        const { answers } = await ask(aeTitle, ['0008,0005=ISO_IR 192', '0010,0010=张*'])
        expect(answers).toHaveLength(1)
      }
    })
    // A device that wants SpecificCharacterSet back sends it empty: that declares nothing, PS3.4 C.2.2.2.
    test('in the set of the device where the key declares none, SpecificCharacterSet absent or empty', async () => {
      for (const declared of [[], ['0008,0005']]) {
        const { answers } = await ask('UTF', [...declared, '0010,0010=张*'])
        expect(answers.map(({ json }) => textOf(json, patientName))).toEqual(['Zhang^Wei=张^伟'])
      }
      // dcmtk takes an argument in the bytes of the shell: 张 in GB18030 is D5 C5.
      for (const declared of ['', '-k 0008,0005']) {
        const keys = `findscu -v -W ${declared} -k "$(printf '0010,0010=\\325\\305*')" ${callArguments('GB', station.dicom).join(' ')}`
        const { output } = await dcmtk('sh', ['-c', keys])
        expect(timesIn(output, /\(Pending\)/)).toBe(1)
        expect(output).toContain(gb('d5c55ece'))
      }
    })
  })

  test('comes in every transfer syntax and PDU length that a device may propose', async () => {
    for (const options of [['-xi'], ['-xe'], ['-xb'], ['-xd'], ['-pdu', '4096'], ['-pdu', '131072']]) {
      const { final, answers } = await ask('UTF', ['0008,0005', '0040,0100'], options)
      expect([options, final, answers.length]).toEqual([options, 'Success', everybody.length])
    }
  })

  test('of 600 exams comes whole, and ends where the device cancels', async () => {
    for (let number = 0; number < 600; number++)
      await station.api.examRegister({
        body: {
          patient: { name: `测试${String.fromCodePoint(0x4e00 + number)}`, sex: 'M', birthDate: '1970-01-01' },
          exam: { modality: 'US', itemCode: `U${number}`, itemName: '腹部' },
        },
      })
    const keys = ['-k', '0010,0010', '-k', step('0008,0060=US'), ...callArguments('UTF', station.dicom)]
    const whole = await dcmtk('findscu', ['-v', '-W', ...keys])
    expect(timesIn(whole.output, /\(Pending\)/)).toBe(601)
    const cancelled = await dcmtk('findscu', ['-v', '-W', '--cancel', '5', ...keys])
    expect(cancelled.output).toContain('Cancel: MatchingTerminatedDueToCancelRequest')
    expect(timesIn(cancelled.output, /\(Pending\)/)).toBeLessThan(601)
  })
})
