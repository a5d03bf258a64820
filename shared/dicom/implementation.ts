/** Who wrote a file or opens an association, PS3.7 D.3.3.2 and PS3.10 7.1: 2.25 and a UUID (PS3.5 B.2). One for the whole product. */
export const implementationClassUid = '2.25.34589931418907679238396816103910731797'
export const implementationVersionName = 'YINGZHAN_010'
