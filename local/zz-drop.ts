import { startBroker } from './broker/broker.ts';
import { ServiceBusClient, RetryMode } from '@azure/service-bus';
const n = Number(process.argv[2]); const retry = process.argv[3]==='d'? {} : { mode: RetryMode.Fixed, maxRetries: 3, retryDelayInMs: 500, timeoutInMs: 15_000 };
const b = await startBroker({ queues: { q: {} } });
const c = new ServiceBusClient(b.connectionString, { retryOptions: retry });
const t0=Date.now(); const log=(...a:unknown[])=>console.log(Date.now()-t0,...a);
for (let i=0;i<n;i++){ const r=c.createReceiver('q'); r.subscribe({processMessage:async m=>{log('got',i,m.body)},processError:async e=>{log('err',i,e.errorSource,e.error.message)}},{autoCompleteMessages:false,maxConcurrentCalls:1}); }
await new Promise(r=>setTimeout(r,1000));
log('drop', b.dropConnections());
const s = new ServiceBusClient(b.connectionString); await s.createSender('q').sendMessages([{body:1,messageId:'1'}]); log('sent');
await new Promise(r=>setTimeout(r,40000)); process.exit();
