const t=(name:string,f:()=>unknown)=>{const a=performance.now();f();process.stdout.write(`${name} ${(performance.now()-a).toFixed(0)}\n`)};
test("x",()=>{
 t("constructs",()=>require("constructs"));
 t("cdktf",()=>require("cdktf"));
 t("provider",()=>require("@cdktf/provider-aws/lib/provider"));
 t("ecs",()=>require("@cdktf/provider-aws/lib/ecs-service"));
 t("wafv2",()=>require("@cdktf/provider-aws/lib/instance"));
 t("synthesized",()=>require("./support/synthesized"));
});
