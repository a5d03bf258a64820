import { z } from 'zod'
import type { AnyRoute } from '../../../shared/api/route.ts'
import { routes } from '../../../shared/api/routes.ts'
import { errorSchema } from '../../../shared/api/views.ts'
import { callbackOperation } from './callback-operation.ts'
import { dicomWebOperations } from './dicom-web-operations.ts'

const json = (schema: z.ZodType, io: 'input' | 'output') => ({
  'application/json': { schema: z.toJSONSchema(schema, { io, unrepresentable: 'any' }) },
})

/** OpenAPI 3.1 of every route, made from the same contract that serves and types them. */
export const openApi = {
  openapi: '3.1.0',
  info: { title: '影站 Yingzhan', version: '0.1.0' },
  components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  paths: { ...pathsOf(Object.values(routes)), ...callbackOperation, ...dicomWebOperations },
}

function pathsOf(all: readonly AnyRoute[]): Record<string, Record<string, unknown>> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of all) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) }
  }
  return paths
}

function operationOf(route: AnyRoute): Record<string, unknown> {
  const inPath = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const query = z.toJSONSchema(route.query, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, unknown>
    required?: string[]
  }
  const inQuery = Object.entries(query.properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: query.required?.includes(name) ?? false,
    schema,
  }))
  return {
    summary: route.summary,
    security: route.access === 'anyone' ? [] : [{ token: [] }],
    parameters: [...inPath, ...inQuery],
    ...(route.method !== 'GET' && route.method !== 'DELETE' && { requestBody: { content: json(route.body, 'input') } }),
    responses: {
      200: { description: 'done', content: json(route.answer, 'output') },
      default: { description: 'refused', content: json(errorSchema, 'output') },
    },
  }
}
