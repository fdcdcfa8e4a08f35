;;; gifthorse.el --- AI regions and their risks, by eglot  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: Apache-2.0
;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1") (eglot "1.9"))

;;; Commentary:

;; Diagnostics, fixes and the actions on AI regions come through eglot and flymake as usual.
;; This adds what a person can say of a region by its name, and marks in the margin.  The server decides.
;;
;;     (require 'gifthorse)
;;     (gifthorse-setup)
;;     (add-hook 'python-mode-hook #'eglot-ensure)
;;
;; eglot runs one server in a buffer: where you use another one for a language, leave that mode out of `gifthorse-modes'.

;;; Code:

(require 'cl-lib)
(require 'eglot)
(require 'seq)

(defgroup gifthorse nil "Which text an AI assistant inserted, and what in it is risky." :group 'tools)

(defcustom gifthorse-command '("gifthorse" "lsp")
  "The server's program and its arguments."
  :type '(repeat string))

(defcustom gifthorse-modes
  '(python-mode python-ts-mode js-mode js-ts-mode typescript-mode typescript-ts-mode tsx-ts-mode go-mode go-ts-mode)
  "The modes that Gifthorse serves."
  :type '(repeat symbol))

;;;###autoload
(defun gifthorse-setup ()
  "Tell eglot of Gifthorse."
  (add-to-list 'eglot-server-programs (cons gifthorse-modes gifthorse-command)))

(defun gifthorse--server ()
  "The server of this buffer, with everything sent that was typed."
  (let ((server (or (eglot-current-server) (user-error "Gifthorse is not running in this buffer"))))
    (when (fboundp 'eglot--signal-textDocument/didChange)
      (eglot--signal-textDocument/didChange))
    server))

(defun gifthorse--execute (command &rest argument)
  "Have the server carry out COMMAND with the plist ARGUMENT."
  (let ((params (list :command command :arguments (vector argument))))
    (jsonrpc-request (gifthorse--server) :workspace/executeCommand params)))

(defun gifthorse--uri ()
  "The URI of this buffer's file."
  (plist-get (eglot--TextDocumentIdentifier) :uri))

(defun gifthorse--lines (beg end)
  "The whole lines from BEG to END as a range of the protocol."
  (let ((last (save-excursion (goto-char end) (if (and (bolp) (> end beg)) (point) (line-beginning-position 2)))))
    (list :start (list :line (1- (line-number-at-pos beg t)) :character 0)
          :end (if (and (= last (point-max)) (save-excursion (goto-char last) (not (bolp))))
                   (list :line (line-number-at-pos last t) :character 0)
                 (list :line (1- (line-number-at-pos last t)) :character 0)))))

;; Marks

(defconst gifthorse--shapes '(("unreviewed" . "○") ("reopened" . "◐") ("disputed" . "!") ("approved" . "✓")))

(defconst gifthorse--bars '(("copied" . "╎") ("inferred" . "┊"))
  "The bars of what is a copy and of what is only possible; all other evidence has a solid one.")

(defface gifthorse-mark '((t :inherit font-lock-keyword-face)) "The mark of an AI region.")
(defface gifthorse-disputed '((t :inherit warning)) "The mark of an AI region that a reviewer objects to.")

(defcustom gifthorse-marks t "Whether AI regions are marked in the left margin." :type 'boolean)

(defvar gifthorse-unreviewed 0 "How many AI regions wait for a review, for a mode line.")

(defun gifthorse--mark (line head region)
  "Mark LINE (from 0), the first one of REGION where HEAD says so."
  (save-excursion
    (goto-char (point-min))
    (when (zerop (forward-line line))
      (let* ((standing (plist-get region :standing))
             (shape (if head (cdr (assoc standing gifthorse--shapes)) " "))
             (bar (alist-get (plist-get region :evidence) gifthorse--bars "│" nil #'equal))
             (face (if (equal standing "disputed") 'gifthorse-disputed 'gifthorse-mark))
             (sign (propertize (concat shape bar) 'face face))
             (overlay (make-overlay (point) (point))))
        (overlay-put overlay 'gifthorse (substring-no-properties sign))
        (overlay-put overlay 'before-string (propertize " " 'display (list '(margin left-margin) sign)))))))

(defun gifthorse--draw (regions)
  "Mark REGIONS, and nothing else, in this buffer."
  (save-restriction
    (widen)
    (dolist (one (overlays-in (point-min) (point-max)))
      (when (overlay-get one 'gifthorse) (delete-overlay one)))
    (when (and regions (< left-margin-width 2))
      (setq left-margin-width 2)
      (dolist (window (get-buffer-window-list nil nil t)) (set-window-buffer window (current-buffer))))
    (dolist (region regions)
      (let ((head t))
        (seq-doseq (range (plist-get region :ranges))
          (let* ((start (plist-get (plist-get range :start) :line))
                 (end (plist-get range :end))
                 (last (- (plist-get end :line) (if (zerop (plist-get end :character)) 1 0))))
            (dotimes (number (1+ (max 0 (- last start))))
              (gifthorse--mark (+ start number) (and head (zerop number)) region))
            (setq head nil)))))))

(defun gifthorse-show ()
  "Mark the AI regions of this buffer in its margin."
  (interactive)
  (let ((buffer (current-buffer)) (params (list :textDocument (list :uri (gifthorse--uri)))))
    (jsonrpc-async-request
     (eglot-current-server) :gifthorse/regions params
     :success-fn (lambda (result)
                   (when (buffer-live-p buffer)
                     (with-current-buffer buffer (gifthorse--draw (append (plist-get result :regions) nil)))))
     :error-fn #'ignore)))

(cl-defmethod eglot-handle-notification (server (_method (eql 'gifthorse/regionsChanged)) &key uri &allow-other-keys)
  "The AI regions of URI, a document of SERVER, are not what they were."
  (when gifthorse-marks
    (dolist (buffer (eglot--managed-buffers server))
      (with-current-buffer buffer
        (when (equal (gifthorse--uri) uri) (gifthorse-show))))))

(cl-defmethod eglot-handle-notification (_server (_method (eql 'gifthorse/status)) &key unreviewed &allow-other-keys)
  "So many AI regions are UNREVIEWED."
  (setq gifthorse-unreviewed unreviewed))

(defun gifthorse--opened ()
  "Mark the AI regions of a buffer that Gifthorse serves from now on; where it serves no more, there are no marks."
  (let ((server (and (eglot-managed-p) (eglot-current-server))))
    (cond ((null server) (gifthorse--draw nil))
          ((and gifthorse-marks (equal (plist-get (eglot--server-info server) :name) "gifthorse")) (gifthorse-show)))))

(add-hook 'eglot-managed-mode-hook #'gifthorse--opened)

;; What a person says

(defun gifthorse-regions ()
  "The AI regions of this buffer, as the server tells them."
  (let ((params (list :textDocument (list :uri (gifthorse--uri)))))
    (append (plist-get (jsonrpc-request (gifthorse--server) :gifthorse/regions params) :regions) nil)))

(defun gifthorse--here ()
  "The AI regions on this line."
  (let ((line (1- (line-number-at-pos nil t))))
    (or (seq-filter
         (lambda (region)
           (seq-some (lambda (range)
                       (<= (plist-get (plist-get range :start) :line) line (plist-get (plist-get range :end) :line)))
                     (plist-get region :ranges)))
         (gifthorse-regions))
        (user-error "There is no AI region on this line"))))

(defun gifthorse--one ()
  "The id of the newest AI region on this line."
  (plist-get (car (last (gifthorse--here))) :id))

(defun gifthorse-mark-inserted (beg end tool)
  "The lines from BEG to END came from the assistant TOOL."
  (interactive "r\nsThe assistant's name: ")
  (gifthorse--execute "gifthorse.markInserted" :uri (gifthorse--uri) :range (gifthorse--lines beg end) :tool tool))

;;;###autoload
(defun gifthorse-did-insert (beg end tool &optional kind)
  "For assistants' packages: TOOL has just inserted the text from BEG to END.
KIND is \"inline-completion\" (the default), \"chat\" or \"agent\"."
  (let* ((server (gifthorse--server))
         (range (list :start (eglot--pos-to-lsp-position beg) :end (eglot--pos-to-lsp-position end)))
         (origin (list :tool tool :kind (or kind "inline-completion"))))
    (jsonrpc-notify server :gifthorse/didInsert
                    (list :textDocument (eglot--VersionedTextDocumentIdentifier)
                          :ranges (vector range) :origin origin :evidence "reported"))))

(defun gifthorse-mark-human (beg end)
  "A person wrote the lines from BEG to END."
  (interactive "r")
  (gifthorse--execute "gifthorse.markHuman" :uri (gifthorse--uri) :range (gifthorse--lines beg end)))

(defun gifthorse-approve ()
  "The AI regions on this line are reviewed."
  (interactive)
  (let ((ids (mapcar (lambda (region) (plist-get region :id)) (gifthorse--here))))
    (gifthorse--execute "gifthorse.approve" :regions (vconcat ids))))

(defun gifthorse-dispute (comment)
  "Object to the AI region on this line, with COMMENT."
  (interactive "sWhat is wrong with it? ")
  (gifthorse--execute "gifthorse.dispute" :region (gifthorse--one) :comment comment))

(defun gifthorse-reject ()
  "Take the AI region on this line out again: the text that was there before comes back."
  (interactive)
  (gifthorse--execute "gifthorse.reject" :region (gifthorse--one)))

(defun gifthorse-rescan ()
  "Scan the workspace again."
  (interactive)
  (gifthorse--execute "gifthorse.rescan"))

(provide 'gifthorse)
;;; gifthorse.el ends here
