/** The clouds' callback as OpenAPI tells it: it is signed by its headers instead of a login, and answered in the cloud's own form. */
export const callbackOperation = {
  '/callbacks/aimis/{destinationId}': {
    post: {
      summary: '检查状态同步回调：由腾讯影像云调用，在目的地设置中启用后才有',
      security: [],
      parameters: [
        { name: 'destinationId', in: 'path', required: true, schema: { type: 'string' } },
        ...['appId', 'timestamp', 'signature'].map((name) => ({
          name,
          in: 'header',
          required: true,
          schema: { type: 'string' },
        })),
      ],
      requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
      responses: {
        200: {
          description:
            'code 0: taken; 90002: signature, freshness or replay; 30002: no such study; 20030, 20031: fields',
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['code', 'message'],
                properties: { code: { type: 'integer' }, message: { type: 'string' } },
              },
            },
          },
        },
        404: { description: 'off, or no such destination' },
      },
    },
  },
} as const
