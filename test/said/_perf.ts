import Database from 'better-sqlite3';
import { read } from '../../src/store/store.ts';
import { eachSubject, countSubjects } from '../../src/said/records.ts';
import { openPopulation } from '../../src/said/population.ts';
import { loadModel } from '../../src/said/model-file.ts';
const path='/tmp/perf-said2.db';
const {model}=loadModel(null,'/');
const cpu=()=>{const c=process.cpuUsage();return (c.user+c.system)/1000};
const R:any={};
async function ta(n:string,f:any){const c=cpu();const r=await f();(R[n]??=[]).push(Math.round(cpu()-c));return r}
for(let k=0;k<4;k++){
 const db=new Database(path,{readonly:true});let x=0;
 await ta('bare inc',()=>{for(const r of db.prepare('select subject_key, occurred_day, involvement, offenses, disposition from said_incident order by subject_key').raw().iterate() as any)x+=r[1];});
 await ta('bare subj',()=>{for(const r of db.prepare('select subject_key, subject_id, birth_day, juvenile from said_subject order by subject_key').raw().iterate() as any)x+=r[0]});
 db.close();
 await read(path, async (r)=>{
  await ta('scan only',()=>eachSubject(r,()=>{}));
  const pop=openPopulation(model,18600,await countSubjects(r));
  await ta('scan+score',()=>eachSubject(r,(a,b,c,d,e,f)=>pop.add(b,c,d,e,f)));
  await ta('items',()=>pop.items({tier:null,withJuveniles:true}));
 });
}
console.log(R);
