'use client';
import { useEffect, useState } from 'react';
import { run } from './program.js';

export default function Page() {
  const [result, setResult] = useState('');
  useEffect(() => {
    run().then(
      (value) => setResult(JSON.stringify(value)),
      (e) => setResult(JSON.stringify({ error: e.stack })),
    );
  }, []);
  return <output>{result}</output>;
}
