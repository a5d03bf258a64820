/** One thing that can go wrong, in words. */
export type ProblemEntry = {
  readonly status: number
  /** What happened and why. {name} is filled from `with`. */
  readonly message: string
  /** What to do now. */
  readonly action: string
  readonly english: string
}

/** Every problem a person can meet at the desk or in the API. Those of the clouds are in each protocol's answers.ts. */
export const problems = {
  'LOGIN-WRONG': {
    status: 401,
    message: '用户名或密码不正确',
    action: '请核对后重试；连续错 5 次将锁定 15 分钟',
    english: 'Wrong user name or password.',
  },
  'LOGIN-LOCKED': {
    status: 429,
    message: '该账号因连续输错密码已被锁定',
    action: '请在 {minutes} 分钟后再试，或请管理员重设密码',
    english: 'The account is locked after too many wrong passwords.',
  },
  'LOGIN-NEEDED': { status: 401, message: '尚未登录或登录已失效', action: '请重新登录', english: 'Log in first.' },
  'ROLE-NEEDED': {
    status: 403,
    message: '您的角色不能做这件事',
    action: '请由{roles}操作，或请管理员调整角色',
    english: 'Your role may not do this.',
  },
  'SETUP-DONE': {
    status: 409,
    message: '本站已经设置过管理员',
    action: '请直接登录',
    english: 'The administrator exists already.',
  },
  'SETUP-NEEDED': {
    status: 409,
    message: '本站还没有管理员',
    action: '请先在本机打开页面完成首次设置',
    english: 'Set up the administrator first.',
  },
  'ACCOUNT-EXISTS': {
    status: 409,
    message: '用户名“{username}”已存在',
    action: '请换一个用户名',
    english: 'This user name exists.',
  },
  'LAST-ADMINISTRATOR': {
    status: 409,
    message: '这是最后一位可用的管理员',
    action: '请先指定另一位管理员',
    english: 'This is the last administrator.',
  },
  'HOST-REFUSED': {
    status: 403,
    message: '请求不是从本机页面发出的（{header} 不符）',
    action: '请用本机地址打开影站',
    english: 'Refused: {header} is not this station.',
  },
  'BAD-REQUEST': {
    status: 400,
    message: '提交的内容不符合要求：{detail}',
    action: '请按标红处的提示修改',
    english: 'The request is not valid: {detail}',
  },
  'NOT-JSON': {
    status: 400,
    message: '提交的内容不是有效的 JSON',
    action: '请刷新页面重试；若由程序提交，请检查格式',
    english: 'The body is not valid JSON.',
  },
  'TOO-LARGE': { status: 413, message: '提交的内容太大', action: '请分次提交', english: 'The body is too large.' },
  'NOT-FOUND': {
    status: 404,
    message: '没有找到{what}',
    action: '可能已被移除，请刷新后再看',
    english: 'Not found: {what}',
  },
  'NO-INSTITUTION': {
    status: 409,
    message: '还没有设置机构',
    action: '请先在“设置 - 机构”中填写本机构',
    english: 'There is no institution yet.',
  },
  'IDENTITY-CHECK': {
    status: 400,
    message: '身份证号校验不通过：{detail}',
    action: '请核对证件后重新输入',
    english: 'The identity number is not valid: {detail}',
  },
  'IDENTITY-MISMATCH': {
    status: 400,
    message: '身份证号与{what}不一致',
    action: '请核对证件、性别和出生日期',
    english: 'The identity number contradicts {what}.',
  },
  'NUMBER-EXHAUSTED': {
    status: 409,
    message: '按当前编号规则，今天的检查号已用完',
    action: '请在“设置 - 基本”中增加流水号位数',
    english: 'The accession numbers of the day are used up.',
  },
  'NUMBER-PATTERN': {
    status: 400,
    message: '编号规则不可用：{detail}',
    action: '检查号最多 16 个字符，并且要含有 {nnnn} 这样的流水号',
    english: 'The numbering pattern is not usable: {detail}',
  },
  'EXAM-CANCELLED': {
    status: 409,
    message: '该检查已取消',
    action: '如需继续，请重新登记',
    english: 'The exam is cancelled.',
  },
  'EXAM-HAS-REPORT': {
    status: 409,
    message: '该检查的报告已进入{state}，不能取消',
    action: '请先退回报告，或发布修订',
    english: 'The exam has a report and cannot be cancelled.',
  },
  'NO-IMAGES': {
    status: 409,
    message: '该检查还没有影像',
    action: '请先接收影像或从“未匹配”归入',
    english: 'There are no images yet.',
  },
  'STUDY-ATTACHED': {
    status: 409,
    message: '这组影像已归入另一个检查',
    action: '如要改归，请先移出',
    english: 'The study is attached to another exam.',
  },
  'STUDY-CONTRADICTS': {
    status: 409,
    message: '影像与登记不一致：{detail}',
    action: '请核对是否同一患者；确认无误后再次点击“仍然归入”',
    english: 'The study contradicts the registration: {detail}',
  },
  'STUDY-SENT': {
    status: 409,
    message: '这组影像已上传，不能直接移出',
    action: '请按更正流程处理',
    english: 'The study has been delivered already.',
  },
  'REPORT-STEP': {
    status: 409,
    message: '报告现在是“{state}”，不能{step}',
    action: '请刷新后查看当前状态',
    english: 'The report is {state}; this step is not possible.',
  },
  'REPORT-OWN-AUDIT': {
    status: 409,
    message: '审核人与书写人是同一人',
    action: '请由另一位医师审核；单人诊所可在“设置 - 基本”中打开“单人诊所”',
    english: 'The writer may not approve the own report.',
  },
  'REPORT-NOT-RELEASED': {
    status: 409,
    message: '报告尚未发布',
    action: '请先审核并发布',
    english: 'The report is not released yet.',
  },
  'REPORT-MISSING': {
    status: 409,
    message: '还没有报告',
    action: '请先书写并保存',
    english: 'There is no report yet.',
  },
  'DOCUMENT-FAILED': {
    status: 500,
    message: '生成文件失败：{detail}',
    action: '请重试；仍不行请联系支持并告知代码',
    english: 'The document could not be made: {detail}',
  },
  'NO-QR': {
    status: 404,
    message: '还没有二维码',
    action: '报告发布、云端返回地址后再试',
    english: 'There is no QR code yet.',
  },
  'NOT-DICOM': {
    status: 400,
    message: '“{file}”不是 DICOM 文件',
    action: '请确认文件来自影像设备，而不是图片或压缩包',
    english: '{file} is not a DICOM file.',
  },
  'FILE-REFUSED': {
    status: 400,
    message: '“{file}”未能收下：{detail}',
    action: '原文件已放入隔离区，可联系支持查看',
    english: '{file} was not taken: {detail}',
  },
  'PIXELS-UNREADABLE': {
    status: 422,
    message: '这幅图像无法显示：{detail}',
    action: '文件已完整保存，可用其他软件打开',
    english: 'These pixels cannot be shown: {detail}',
  },
  'AE-TITLE-TAKEN': {
    status: 409,
    message: 'AE 名“{aeTitle}”已登记给另一台设备',
    action: '请核对设备的 AE 名',
    english: 'This AE title belongs to another device.',
  },
  'TASK-STATE': {
    status: 409,
    message: '该任务现在是“{state}”，不能这样做',
    action: '请刷新后查看',
    english: 'The task is {state}; this is not possible.',
  },
  'PORT-IN-USE': {
    status: 409,
    message: '端口 {port} 已被其他程序占用，{what}无法启动',
    action: '请关闭占用该端口的程序，或换一个端口（--{flag} N）',
    english:
      'Port {port} is in use, so the {what} cannot start. Close the other program or choose another port with --{flag} N.',
  },
  'PORT-REFUSED': {
    status: 409,
    message: '不能使用 {host}:{port}（{detail}），{what}无法启动',
    action: '请检查地址，或换一个 1024 以上的端口（--{flag} N）',
    english: 'Cannot listen on {host}:{port} ({detail}).',
  },
  'DATA-IN-USE': {
    status: 409,
    message: '数据文件夹正被另一个影站使用',
    action: '请先退出另一个影站',
    english: 'Another station is using this data folder.',
  },
  'DATA-UNUSABLE': {
    status: 500,
    message: '数据文件夹不可用：{detail}',
    action: '请检查磁盘和文件夹权限',
    english: 'The data folder cannot be used: {detail}',
  },
  'KEY-WRONG': {
    status: 500,
    message: '保存的密钥无法打开已加密的数据',
    action: '请恢复原来的密钥文件；更换电脑或重装系统后需要用备份的密钥',
    english: 'The stored key does not open the encrypted data.',
  },
  'MODE-FIXED': {
    status: 409,
    message: '本数据文件夹里已有检查，不能在训练和正式模式之间切换',
    action: '请用另一个数据文件夹启动（--data），训练数据和正式数据不能混在一起',
    english: 'There are exams already: start with another data folder (--data) to change between training and real.',
  },
  'CSV-HEAD': {
    status: 400,
    message: '表格的第一行不是规定的表头',
    action: '请先导出一份，在其中修改后再导入；表头为 {head}',
    english: 'The first line must be: {head}',
  },
  'CSV-LINE': {
    status: 400,
    message: '第 {line} 行不符合要求：{detail}',
    action: '请改正该行后整份重新导入，本次没有保存任何一行',
    english: 'Line {line} is not valid: {detail}. Nothing was saved.',
  },
  'NO-RECALL': {
    status: 409,
    message: '该目的地没有删除接口，已上传的内容不能撤回',
    action: '请出具更正函并联系平台',
    english: 'This destination has no recall.',
  },
  'NOT-DELIVERED': {
    status: 409,
    message: '该检查还没有上传到这个目的地',
    action: '无需删除；如不想上传，请取消对应的上传任务',
    english: 'The exam has not been delivered there.',
  },
  'RETRACTION-OPEN': {
    status: 409,
    message: '已有一份待确认的删除申请',
    action: '请由另一位医生确认，或先撤回该申请',
    english: 'There is an open proposal already.',
  },
  'RETRACTION-OWN': {
    status: 409,
    message: '申请人不能确认自己的删除申请',
    action: '请由另一位医生确认',
    english: 'The proposer may not confirm.',
  },
  'RETRACTION-DECIDED': {
    status: 409,
    message: '该申请已处理',
    action: '请刷新后查看',
    english: 'The proposal was decided already.',
  },
  'NOTHING-HELD': {
    status: 409,
    message: '没有在等待的上传',
    action: '请刷新后查看上传状态',
    english: 'Nothing is being held back.',
  },
  'NO-IDENTITY': {
    status: 409,
    message: '该患者没有登记居民身份证号，不能查询',
    action: '请在登记信息中补填身份证号',
    english: 'The patient has no resident identity number.',
  },
  'LOOKUP-FAILED': {
    status: 502,
    message: '{message}',
    action: '{action}',
    english: 'The cloud did not answer the question.',
  },
  'NOT-TRAINING': {
    status: 409,
    message: '只有训练模式才有模拟云端',
    action: '请用另一个数据文件夹以训练模式启动',
    english: 'Simulated clouds are for training mode only.',
  },
  'BAD-FLAG': {
    status: 400,
    message: '启动参数不正确：{detail}',
    action: '请参照 README 中的参数表',
    english: 'Wrong start flag: {detail}',
  },
  INTERNAL: {
    status: 500,
    message: '程序遇到了没有预料到的问题',
    action: '数据没有丢失；请重试，仍不行请联系支持并告知代码 {reference}',
    english: 'Something unexpected happened; nothing was lost. Reference {reference}.',
  },
} as const satisfies Record<string, ProblemEntry>
