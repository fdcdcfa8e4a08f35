<?php
// Outside text in Symfony.
namespace App\Controller;

use Doctrine\DBAL\Connection;
use Symfony\Component\HttpFoundation\RedirectResponse;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\Process\Process;

class UserController
{
    public function index(Request $request, Connection $connection): Response
    {
        $name = $request->query->get('name');
        $connection->executeQuery("SELECT * FROM users WHERE name = '$name'"); // expect: sql-injection
        $connection->executeQuery('SELECT * FROM users WHERE name = ?', [$name]);
        $connection->executeQuery('SELECT * FROM users LIMIT ' . $request->query->getInt('limit'));
        return new Response("<h1>$name</h1>"); // expect: unescaped-html
    }

    public function safe(Request $request): Response
    {
        return new Response('<h1>' . htmlspecialchars($request->request->get('name')) . '</h1>');
    }

    public function run(Request $request): Response
    {
        Process::fromShellCommandline('build ' . $request->request->get('target')); // expect: shell-injection
        return new RedirectResponse($request->headers->get('referer')); // expect: open-redirect
    }
}
