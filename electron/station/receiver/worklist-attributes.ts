import type { TextEncoding } from '../../../shared/dicom/character-codes.ts'
import { sayPersonName, sayText } from '../../../shared/dicom/sayable-text.ts'
import type { CodedName } from '../../../shared/models/exam.ts'
import type { Device } from '../../../shared/models/settings.ts'
import type { WorklistItem } from '../../../shared/models/worklist-item.ts'
import { chinaCompactDay, chinaCompactTime, chinaDay } from '../../../shared/text/china-time.ts'
import { cutText } from '../../../shared/text/cut-text.ts'
import { daOfDay } from '../../../shared/text/dicom-values.ts'
import { ageAt, ageString } from '../../../shared/text/patient-age.ts'
import { personNameValue } from '../../../shared/text/person-name.ts'

/** One attribute of a worklist answer: VR and value; a sequence has items instead of a value. */
export type Attribute = { readonly vr: string; readonly value: string; readonly items?: readonly Attributes[] }
export type Attributes = ReadonlyMap<number, Attribute>

/** What a Modality Worklist answer can hold, PS3.4 table K.6-1. */
export type WorklistAttributes = {
  readonly request: Attributes
  /** The one item of ScheduledProcedureStepSequence (0040,0100). */
  readonly step: Attributes
}

/** PS3.5 table 6.2-1: characters, not bytes, and without escape sequences. */
const longest: Readonly<Record<string, number>> = { SH: 16, LO: 64, ST: 1024, LT: 10240 }

/** How text is written for a device of each kind. */
export const textEncodings: Readonly<Record<Device['characterSet'], TextEncoding>> = {
  gb18030: 'gb18030',
  gbk: 'gbk',
  'iso-2022-ir-58': 'iso-2022-ir-58',
  'utf-8': 'utf-8',
  'latin-1': 'latin-1',
  pinyin: 'ascii',
}

/**
 * An exam in the words of the worklist. `characterSet`: what the device's own set lacks is said in Latin letters; a Chinese name that it
 * cannot show whole is left out, its pinyin stays.
 * `askingAeTitle`: an exam for any device of its kind is, for the device that asks, meant for it.
 */
export function worklistAttributes(
  { exam, patient, institutionName, isStarted }: WorklistItem,
  characterSet: Device['characterSet'],
  askingAeTitle: string,
): WorklistAttributes {
  const encoding = textEncodings[characterSet]
  const text = (vr: string, value: string | undefined): Attribute => {
    const words = (value ?? '').replace(/[\\\r\n\t]+/gu, ' ').trim()
    return { vr, value: cutText(sayText(words, encoding), longest[vr] ?? 64).trim() }
  }
  const name = (person: CodedName | undefined): Attribute => ({
    vr: 'PN',
    value: person?.name ? nameFor({ name: person.name }, encoding) : '',
  })
  const plain = (vr: string, value: string | number | undefined): Attribute => ({ vr, value: String(value ?? '') })
  const ward = [exam.ward?.name, exam.bed].filter(Boolean).join(' ')
  const history = [exam.chiefComplaint, exam.briefHistory].filter(Boolean).join(' ')
  const procedureCode: Attribute = {
    vr: 'SQ',
    value: '',
    items: isCodeValue(exam.itemCode)
      ? [
          new Map<number, Attribute>([
            [0x00080100, plain('SH', exam.itemCode)],
            [0x00080102, plain('SH', localCodes)],
            [0x00080104, text('LO', exam.itemName)],
          ]),
        ]
      : [],
  }
  return {
    request: new Map<number, Attribute>([
      [0x00080050, plain('SH', exam.accessionNumber)],
      [0x00080080, text('LO', institutionName)],
      [0x00080090, name(exam.applyDoctor)],
      [0x00081030, text('LO', exam.itemName)],
      [0x00081040, text('LO', exam.applyDepartment?.name)],
      [0x00081080, text('LO', exam.clinicalDiagnosis)],
      [0x00100010, { vr: 'PN', value: nameFor(patient, encoding) }],
      [0x00100020, text('LO', patient.patientId)],
      [0x00100030, plain('DA', daOfDay(patient.birthDate))],
      [0x00100040, plain('CS', patient.sex)],
      [0x00101010, plain('AS', ageString(ageAt(patient.birthDate, chinaDay(exam.scheduledAt))))],
      [0x00101020, plain('DS', exam.heightMetres)],
      [0x00101030, plain('DS', exam.weightKilograms)],
      [0x00102110, text('LO', exam.allergies)],
      [0x001021b0, text('LT', history)],
      [0x0020000d, plain('UI', exam.studyInstanceUid)],
      [0x00321032, name(exam.applyDoctor)],
      [0x00321033, text('LO', exam.applyDepartment?.name)],
      [0x00321060, text('LO', exam.itemName)],
      [0x00321064, procedureCode],
      [0x00380010, text('LO', exam.inpatientNumber ?? exam.clinicNumber)],
      [0x00380300, text('LO', ward)],
      [0x00401001, plain('SH', exam.accessionNumber)],
      [0x00401002, text('LO', exam.clinicalDiagnosis)],
      [0x00401003, plain('SH', exam.category === 'emergency' ? 'HIGH' : 'ROUTINE')],
      [0x00401400, text('LT', exam.requirement)],
      [0x00402004, plain('DA', chinaCompactDay(exam.registeredAt))],
      [0x00402005, plain('TM', chinaCompactTime(exam.registeredAt))],
      [0x00402016, text('LO', exam.applicationNumber ?? exam.hisNumber)],
      [0x00402017, plain('LO', exam.accessionNumber)],
    ]),
    step: new Map<number, Attribute>([
      [0x00080060, plain('CS', exam.modality)],
      [0x00400001, plain('AE', exam.scheduledAeTitle ?? askingAeTitle)],
      [0x00400002, plain('DA', chinaCompactDay(exam.scheduledAt))],
      [0x00400003, plain('TM', chinaCompactTime(exam.scheduledAt))],
      [0x00400006, name(exam.examDoctor)],
      [0x00400007, text('LO', [exam.itemName, exam.bodyPart].filter(Boolean).join(' '))],
      [0x00400008, procedureCode],
      [0x00400009, plain('SH', exam.accessionNumber)],
      [0x00400010, text('SH', exam.equipment)],
      [0x00400011, text('SH', exam.examDepartment?.name)],
      [0x00400020, plain('CS', isStarted ? 'STARTED' : 'SCHEDULED')],
      [0x00400400, text('LT', exam.scanMode)],
    ]),
  }
}

/** CodingSchemeDesignator of the clinic's own item codes: '99…' is private (PS3.3 8.2). */
const localCodes = '99YINGZHAN'
/** CodeValue is SH. */
const isCodeValue = (code: string) => /^[\x21-\x5b\x5d-\x7e]{1,16}$/.test(code)

function nameFor(person: { readonly name: string; readonly namePinyin?: string }, encoding: TextEncoding): string {
  return sayPersonName(personNameValue(person, encoding === 'latin-1' ? 'latin-1' : 'ascii'), encoding)
}
