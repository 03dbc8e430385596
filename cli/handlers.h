// The functions behind the commands, each in cmd_<name>.cc.  All return the
// exit code.
#ifndef FOZZY_CLI_HANDLERS_H_
#define FOZZY_CLI_HANDLERS_H_

namespace fozzy {

struct Context;

int CmdArtifactsExport(Context& context);
int CmdArtifactsLs(Context& context);
int CmdArtifactsPrune(Context& context);
int CmdCi(Context& context);
int CmdCompare(Context& context);
int CmdConfirm(Context& context);
int CmdDoctor(Context& context);
int CmdEnv(Context& context);
int CmdExplain(Context& context);
int CmdExplore(Context& context);
int CmdHelp(Context& context);
int CmdInit(Context& context);
int CmdKernelsList(Context& context);
int CmdKernelsReport(Context& context);
int CmdKernelsRun(Context& context);
int CmdMan(Context& context);
int CmdProbe(Context& context);
int CmdReplay(Context& context);
int CmdReportQuery(Context& context);
int CmdReportShow(Context& context);
int CmdRun(Context& context);
int CmdSchema(Context& context);
int CmdShrink(Context& context);
int CmdTest(Context& context);
int CmdTraceDiff(Context& context);
int CmdTraceShow(Context& context);
int CmdTraceStat(Context& context);
int CmdTraceVerify(Context& context);
int CmdUsage(Context& context);
int CmdValidate(Context& context);
int CmdVersion(Context& context);

}  // namespace fozzy

#endif  // FOZZY_CLI_HANDLERS_H_
