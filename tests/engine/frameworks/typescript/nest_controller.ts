// Outside text in NestJS.
import { exec } from 'child_process';
import { readFileSync } from 'fs';
import { Body, Controller, Get, Headers, Param, ParseIntPipe, Post, Query, Redirect, Req, Res } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Request, Response } from 'express';

const KINDS = ['new', 'old'];

class RunDto {
  target: string;
}

@Controller('users')
export class UsersController {
  constructor(private readonly dataSource: DataSource) {}

  @Get()
  async find(@Query('name') name: string, @Query('kind') kind: string) {
    await this.dataSource.query(`SELECT * FROM users WHERE name = $1`, [name]);
    if (KINDS.includes(kind)) readFileSync(`/srv/${kind}`);
    return this.dataSource.query(`SELECT * FROM users WHERE name = '${name}'`); // expect: sql-injection
  }

  @Get(':id')
  one(@Param('id', ParseIntPipe) id: number, @Param() all: Record<string, string>) {
    readFileSync(`/srv/${id}.json`);
    return readFileSync(`/srv/${all.file}`); // expect: path-from-request
  }

  @Post('run')
  run(@Body() body: RunDto, @Headers('x-next') next: string, @Res() res: Response) {
    exec('build ' + body.target); // expect: shell-injection
    res.redirect(next); // expect: open-redirect
  }

  @Get('raw')
  raw(@Req() incoming: Request, @Res() response: Response) {
    response.send(`<h1>${incoming.query.name}</h1>`); // expect: unescaped-html
  }

  @Get('leave')
  @Redirect()
  leave(@Query('to') to: string) {
    return { url: to }; // expect: open-redirect
  }
}
