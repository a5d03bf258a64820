/** Whether a name of another person tells anything where it stands in this patient's report: two characters are words too often (高峰, 常青). */
export const isTellingName = (name: string, patientName: string): boolean =>
  name.length >= 3 && /^\p{Script=Han}+$/u.test(name) && !patientName.includes(name)
