# Outside text in Rails.
class UsersController < ApplicationController
  KINDS = %w[new old].freeze

  def index
    User.where("name = '#{params[:name]}'") # expect: sql-injection
    User.where("name = ?", params[:name])
    User.where(name: params[:name])
    User.limit(params[:limit].to_i)
  end

  def run
    system("build #{params[:target]}") # expect: shell-injection
    system("build", "--", params[:target])
    redirect_to params[:next] # expect: open-redirect
  end

  def show
    return head(:not_found) unless KINDS.include?(params[:kind])

    send_file "/srv/#{params[:kind]}"
    send_file "/srv/#{params[:file]}" # expect: path-from-request
  end

  def page
    render html: "<h1>#{params[:title]}</h1>".html_safe # expect: unescaped-html
    render html: "<h1>#{ERB::Util.html_escape(params[:title])}</h1>".html_safe
  end
end
