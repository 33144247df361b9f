import sys,time,gc,datetime as dt
from pathlib import Path
from scripts.preview.workroom import *
from scripts.words import Words
from pubhub.theme import theme_folders
gc.disable()
root=Path('/tmp/srv/c10k')
w=Workroom(root,theme_folders(),'public',dt.date(2026,11,24),Memory(Path('/tmp/srv/store'),'x'),Words(),Path('/tmp/srv/err'))
t=time.perf_counter(); r=w.build(); print('first',time.perf_counter()-t, r.pages, len(r.unpublished), r.stopped)
for n in range(4):
    i=sorted(root.glob('articles/*/*/index.md'))[n*7+100]
    i.write_text(i.read_text()+'\n再补一句。\n')
    press=None
    t=time.perf_counter(); r=w.build([str(i)]); t1=time.perf_counter()
    p=w.page(list(r.urls.values())[0]); t2=time.perf_counter()
    w.page('articles/index.html'); t3=time.perf_counter()
    w.page('index.html'); t4=time.perf_counter()
    print(f'build {t1-t:.3f} hidden page {t2-t1:.3f} list {t3-t2:.3f} home {t4-t3:.3f}', {k:round(v,3) for k,v in w._standing._press.timing.seconds.items()}, p.state)
    t=time.perf_counter(); gc.collect(); print('gc',time.perf_counter()-t)
import cProfile,pstats
i.write_text(i.read_text()+'\n再补一句。\n')
p=cProfile.Profile(); p.enable(); w.build([str(i)]); w.page(list(r.urls.values())[0]); p.disable()
pstats.Stats(p).sort_stats('cumtime').print_stats(45)
