;;; review.el --- The main job in Emacs  -*- lexical-binding: t; -*-
;; Diagnostics, fix, an insertion that is marked, approved, rejected.  Prints one JSON object with what was seen.

(package-initialize)
(require 'cl-lib)
(require 'json)
(require 'flymake)
(add-to-list 'load-path (getenv "GIFTHORSE_TEST_CONFIGURATION"))
(require 'gifthorse)

(defvar seen nil)

(defun see (name value) (push (cons name value) seen))

(defun await (what check)
  "Wait until CHECK gives something; what comes from the server is handled meanwhile."
  (with-timeout (30 (error "Waited in vain for %s; there are %S" what (rules)))
    (let (found)
      (while (not (setq found (funcall check)))
        (accept-process-output nil 0.05)
        (flymake-start))
      found)))

(defun finding (diagnostic)
  "What the server said: eglot keeps it with flymake's diagnostic."
  (alist-get 'eglot-lsp-diag (eglot--diag-data diagnostic)))

(defun rules () (mapcar (lambda (one) (plist-get (finding one) :code)) (flymake-diagnostics)))

(defun severity (rule)
  (let ((one (cl-find rule (flymake-diagnostics) :key (lambda (one) (plist-get (finding one) :code)) :test #'equal)))
    (and one (plist-get (finding one) :severity))))

(defun text () (buffer-substring-no-properties (point-min) (point-max)))

(defun act (title)
  "Run the code action here whose title holds TITLE, as eglot does after the person chose it."
  (let* ((actions (append (eglot-code-actions (point) (point)) nil))
         (action (cl-find-if (lambda (one) (string-match-p (regexp-quote title) (plist-get one :title))) actions)))
    (unless action (error "No action %s among %S" title (mapcar (lambda (one) (plist-get one :title)) actions)))
    (when (plist-get action :edit) (eglot--apply-workspace-edit (plist-get action :edit)))
    (when-let ((command (plist-get action :command)))
      (eglot-execute-command (eglot-current-server) (intern (plist-get command :command)) (plist-get command :arguments)))
    (eglot--signal-textDocument/didChange))) ; an idle moment sends it otherwise, and a batch has none

(defun marks ()
  "The signs in the margin, from the top."
  (mapcar (lambda (one) (overlay-get one 'gifthorse))
          (sort (cl-remove-if-not (lambda (one) (overlay-get one 'gifthorse)) (overlays-in (point-min) (point-max)))
                (lambda (one other) (< (overlay-start one) (overlay-start other))))))

(defun standing (region) (plist-get region :standing))

(defun review ()
  (setq gifthorse-command (list (getenv "GIFTHORSE_TEST_SERVER") "lsp")
        eglot-sync-connect 20
        eglot-autoshutdown t
        eglot-confirm-server-initiated-edits nil
        eglot-send-changes-idle-time 0
        flymake-no-changes-timeout 0.1
        project-find-functions (list (lambda (_) (cons 'transient (getenv "GIFTHORSE_TEST_WORKSPACE")))))
  (gifthorse-setup)
  (find-file (expand-file-name "app.py" (getenv "GIFTHORSE_TEST_WORKSPACE")))
  (python-mode)
  (apply #'eglot (eglot--guess-contact))
  (flymake-mode 1)
  (await "tls-verify-off" (lambda () (member "tls-verify-off" (rules))))
  (see 'rules (vconcat (rules)))
  (see 'severity_unknown (severity "tls-verify-off"))

  (goto-char (point-min))
  (search-forward "verify=False")
  (gifthorse-mark-inserted (line-beginning-position) (line-end-position) "copilot")
  (let ((region (car (gifthorse-regions))))
    (see 'tool (plist-get (plist-get region :origin) :tool))
    (see 'standing (standing region)))
  (await "the louder finding" (lambda () (equal (severity "tls-verify-off") 1)))
  (await "its mark" (lambda () (equal (marks) '("○│"))))
  (gifthorse-approve)
  (await "its new mark" (lambda () (equal (marks) '("✓│"))))
  (see 'approved (standing (car (gifthorse-regions))))

  (act "Remove verify=")
  (await "the end of tls-verify-off" (lambda () (null (rules))))
  (see 'fixed (text))
  (see 'after_fix (standing (car (gifthorse-regions))))

  (let ((before (text)) (start (point-max)) (added "\n\ndef run(command):\n    return eval(command)\n"))
    (goto-char start)
    (insert added)
    (gifthorse-did-insert start (point-max) "a-package")
    (await "the reported region" (lambda () (= 2 (length (gifthorse-regions)))))
    (await "a bar beside each of its lines" (lambda () (equal (cdr (marks)) '("○│" " │" " │" " │"))))
    (see 'margin left-margin-width)
    (forward-line -1)
    (gifthorse-reject)
    (await "the rejection" (lambda () (equal before (text))))
    (see 'after_reject (length (gifthorse-regions)))

    (goto-char start)
    (insert added)
    (gifthorse-mark-inserted start (point-max) "another")
    (see 'after_mark (length (gifthorse-regions)))
    (forward-line -1)
    (act "A person wrote this")
    (see 'after_human (length (gifthorse-regions)))
    (delete-region start (point-max)))
  (save-buffer)
  (see 'saved (with-temp-buffer (insert-file-contents (expand-file-name "app.py" (getenv "GIFTHORSE_TEST_WORKSPACE"))) (buffer-string)))
  (let ((eglot-autoshutdown nil)) (eglot-shutdown (eglot-current-server))))

(condition-case problem
    (review)
  (error (see 'problem (format "%S" problem))))
(princ (concat "\n" (json-encode seen) "\n"))
