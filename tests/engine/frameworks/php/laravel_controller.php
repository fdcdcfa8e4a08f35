<?php
// Outside text in Laravel.
namespace App\Http\Controllers;

use Illuminate\Http\Request;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Process;
use Illuminate\Support\Facades\Storage;

class UserController extends Controller
{
    public function index(Request $request)
    {
        $name = $request->input('name');
        DB::select("SELECT * FROM users WHERE name = '$name'"); // expect: sql-injection
        DB::select('SELECT * FROM users WHERE name = ?', [$name]);
        DB::select('SELECT * FROM users LIMIT ' . (int) $request->query('limit'));
        return response("<h1>$name</h1>"); // expect: unescaped-html
    }

    public function safe(Request $request)
    {
        return response('<h1>' . e($request->input('name')) . '</h1>');
    }

    public function run(Request $request)
    {
        Process::run('build ' . $request->input('target')); // expect: shell-injection
        if (in_array($request->file, ['a', 'b'], true)) {
            Storage::get($request->file);
        }
        return redirect($request->get('next')); // expect: open-redirect
    }
}
