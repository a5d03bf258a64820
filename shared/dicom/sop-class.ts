/** UIDs of the SOP classes and well-known instances that are spoken of by name here, PS3.6 table A-1; as words for staff: sop-class-names.ts. */
export const verificationSopClass = '1.2.840.10008.1.1'
export const mediaStorageDirectory = '1.2.840.10008.1.3.10'
/** Storage Commitment Push Model, PS3.4 J.3. */
export const storageCommitmentClass = '1.2.840.10008.1.20.1'
export const storageCommitmentInstance = '1.2.840.10008.1.20.1.1'
/** Modality Performed Procedure Step, PS3.4 F.7. */
export const performedStepClass = '1.2.840.10008.3.1.2.3.3'
/** PS3.4 K.5. */
export const modalityWorklistFind = '1.2.840.10008.5.1.4.31'

/** Query and retrieve, PS3.4 C.6. */
export const patientRootFind = '1.2.840.10008.5.1.4.1.2.1.1'
export const patientRootMove = '1.2.840.10008.5.1.4.1.2.1.2'
export const patientRootGet = '1.2.840.10008.5.1.4.1.2.1.3'
export const studyRootFind = '1.2.840.10008.5.1.4.1.2.2.1'
export const studyRootMove = '1.2.840.10008.5.1.4.1.2.2.2'
export const studyRootGet = '1.2.840.10008.5.1.4.1.2.2.3'

/** Storage, PS3.4 B.5. */
export const computedRadiographyStorage = '1.2.840.10008.5.1.4.1.1.1'
export const digitalXRayStorage = '1.2.840.10008.5.1.4.1.1.1.1'
export const ctImageStorage = '1.2.840.10008.5.1.4.1.1.2'
export const mrImageStorage = '1.2.840.10008.5.1.4.1.1.4'
export const ultrasoundImageStorage = '1.2.840.10008.5.1.4.1.1.6.1'
export const secondaryCaptureStorage = '1.2.840.10008.5.1.4.1.1.7'
export const videoPhotographicStorage = '1.2.840.10008.5.1.4.1.1.77.1.4.1'
export const encapsulatedPdfStorage = '1.2.840.10008.5.1.4.1.1.104.1'
