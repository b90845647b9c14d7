import fc from 'fast-check';

// Property tests try the same cases on every run; ROLLCALL_TEST_SEED tries others.
fc.configureGlobal({ seed: Number(process.env.ROLLCALL_TEST_SEED ?? 20_201_105) });
