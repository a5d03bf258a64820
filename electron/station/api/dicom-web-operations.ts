import { dicomWebRoutes } from './dicom-web.ts'

/** DICOMweb in the OpenAPI description: paths and who may call; what is inside is PS3.18's. */
export const dicomWebOperations: Record<string, Record<string, unknown>> = {}
for (const { method, path, summary } of dicomWebRoutes) {
  const address = path.replace(/:(\w+)/g, '{$1}').replace('*', '{value}')
  const parameters = [...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  dicomWebOperations[address] = {
    ...dicomWebOperations[address],
    [method.toLowerCase()]: {
      summary,
      security: [{ token: [] }],
      parameters,
      responses: { 200: { description: 'PS3.18' }, default: { description: 'refused' } },
    },
  }
}
