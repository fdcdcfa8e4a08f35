// A component.
import React from 'react';
import { exec } from 'child_process';

export const View = ({ code }: { code: string }) => {
  const click = () => eval(code); // expect: code
  return <button onClick={() => exec('ls')}>{code}</button>; // expect: shell
};
