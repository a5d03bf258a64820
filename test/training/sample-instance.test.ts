import { expect, test } from 'vitest'
import { frameFacts } from '../../electron/station/pictures/frame-facts.ts'
import { type SampleStudy, sampleInstance } from '../../electron/training/sample-instance.ts'
import { valuesOf } from '../../shared/dicom/element-values.ts'
import { readElements } from '../../shared/dicom/read-elements.ts'
import { dataSetEncodingOf } from '../../shared/dicom/transfer-syntax.ts'

const encoding = dataSetEncodingOf('1.2.840.10008.1.2.1')

function factsOf(modality: string) {
  const study: SampleStudy = {
    studyInstanceUid: '2.25.1',
    seriesInstanceUid: '2.25.2',
    accessionNumber: '',
    requestedProcedureId: '',
    patientName: 'LI^SI',
    patientId: 'P1',
    patientSex: 'M',
    patientBirthDate: '1970-01-01',
    modality,
    description: '',
    bodyPart: 'CHEST',
    stationName: 'TRAINING',
    studyDate: '20261122',
    studyTime: '080000',
    characterSet: 'utf-8',
  }
  const { dataSet } = sampleInstance(study, 2, 3)
  return frameFacts(valuesOf(dataSet, readElements(dataSet, encoding).elements, encoding), 0)
}

test('a simulated radiograph has head and feet above and below, never front and back', () => {
  expect(factsOf('DR').patientOrientation).toEqual(['L', 'F'])
  expect(factsOf('DR').imageOrientation).toBeUndefined()
  expect(factsOf('DR')).toMatchObject({ viewPosition: 'PA', laterality: 'U' })
})

test('simulated slices lie in space, one behind the other', () => {
  expect(factsOf('CT')).toMatchObject({ imageOrientation: [1, 0, 0, 0, 1, 0], imagePosition: [0, 0, 10] })
})

test('a simulated ultrasound says nothing of how the body lies', () => {
  expect(factsOf('US').patientOrientation).toBeUndefined()
  expect(factsOf('US').imageOrientation).toBeUndefined()
})
